"""What is new, as it comes: one reading of the topic, and every client that listens to it."""
