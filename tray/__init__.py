"""The application: decides, remembers, shows. Wires auth and mail together in app.py."""
