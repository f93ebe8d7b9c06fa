"""What leaves for people and other programs. Reads findings, judges nothing."""
