"""An identity provider that behaves as Entra does, on loopback: for the demo, and the one that the tests trust."""
