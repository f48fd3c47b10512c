"""How Watchfloor behaves towards sites: robots.txt, the pace of requests, TDM reservations, conditional requests. Pure."""
