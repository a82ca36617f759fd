"""What the measurements share: servers, clients, the machine, and how results are written."""
