"""Where a request comes from. What is returned here is counted by, never stored and never logged."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings


def client_network(request):
    """The client's address as text: of IPv6 the network (/64), which is what one household has; "" where it is not known.

    `TRUSTED_PROXIES` proxies stand before this server, and each appended to X-Forwarded-For the address that it saw. What
    stands before those a client can make up.
    """
    hops = settings.TRUSTED_PROXIES
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    claimed = seen[-hops] if 0 < hops <= len(seen) else ""
    try:
        address = ip_address((claimed or request.META.get("REMOTE_ADDR", "")).strip())
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64)
    return str(address)
