"""Addresses of requests: what is this machine's own."""

import ipaddress


def host_name(host: str | None) -> str | None:
    """The host of a Host header, without its port."""
    if host is None:
        return None
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def is_loopback(address: str | None) -> bool:
    """Whether an address is this machine's own; what is none is not."""
    if address == "localhost":
        return True
    try:
        return address is not None and ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
