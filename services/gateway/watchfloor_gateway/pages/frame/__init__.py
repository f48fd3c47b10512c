"""What stands around every screen: navigation, switches, the watch line."""
