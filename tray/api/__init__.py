"""The local HTTP API of the main app, the command line and the status page: Litestar on uvicorn, on loopback only."""
