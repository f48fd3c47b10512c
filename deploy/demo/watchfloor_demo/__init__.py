"""The demonstration newsroom: invented outlets that answer over HTTP as outlets on the web do."""
