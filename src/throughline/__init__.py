"""Throughline runs equity leadership networks: from the call for applications to measured change for students."""
