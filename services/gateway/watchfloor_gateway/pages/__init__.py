"""The web page: a room for each screen (router: what is asked; view: what is shown), a frame around them all."""
