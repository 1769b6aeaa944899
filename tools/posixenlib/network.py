# SPDX-License-Identifier: BSD-2-Clause
"""A guest's network interfaces: the options of run-domu and lab linux.

--net, --mac and --ip become xl's vif= and the boot parameter ip=, which has the
syntax of Linux's (Documentation/admin-guide/nfs/nfsroot.rst).
"""
import ipaddress
import os
import re

from .errors import USAGE, UserError

# What tools/lab-dom0/network sets up.
LAB_BRIDGE = "xenbr0"
LAB_NET = ipaddress.ip_network("10.93.0.0/16")
LAB_ROUTER = "10.93.0.1"


def add_options(parser):
    parser.add_argument(
        "--net", action="append", default=[], metavar="none|bridge=NAME",
        help="an interface on that bridge of dom0; repeatable; none: no "
        "interface. Without it an image that holds the network has one "
        "on the default bridge")
    parser.add_argument("--mac", action="append", default=[], metavar="MAC",
                        help="the hardware address of the first, second, "
                        "... interface")
    parser.add_argument(
        "--ip", metavar="ADDR[/LEN][,GATEWAY]",
        help="a fixed address instead of DHCP; or Linux's syntax, "
        "ADDR:[SERVER]:GATEWAY:NETMASK[:HOSTNAME[:DEVICE[:...]]]")


def random_mac():
    """An address of the range that Xen owns (00:16:3e)."""
    return "00:16:3e:" + ":".join(f"{b:02x}" for b in os.urandom(3))


def _ip_parameter(text, in_lab):
    """The value of ip= for what --ip says."""
    if ":" in text or text in ("dhcp", "on", "any", "off", "none"):
        return text
    address, _, gateway = text.partition(",")
    try:
        if "/" not in address and in_lab:
            address += f"/{LAB_NET.prefixlen}"
        interface = ipaddress.IPv4Interface(address)
        if gateway:
            ipaddress.IPv4Address(gateway)
    except ValueError:
        raise UserError(f"--ip {text}: write it as ADDR/LEN, or as "
                        f"ADDR/LEN,GATEWAY, or as Linux's ip=", USAGE) from None
    dns = ""
    if in_lab and interface.ip in LAB_NET:
        gateway = gateway or LAB_ROUTER
        dns = ":" + LAB_ROUTER
    return f"{interface.ip}::{gateway}:{interface.netmask}::eth0:off{dns}"


class Network:
    """vifs: xl's words for each interface; ip: of the parameter, or None."""

    def __init__(self, options, wanted, in_lab):
        """wanted: whether it has one interface when the options say nothing."""
        bridges = []
        for spec in options.net:
            name, _, bridge = spec.partition("=")
            if spec != "none" and (name != "bridge" or not re.fullmatch(
                    r"[A-Za-z0-9_.-]{1,15}", bridge)):
                raise UserError(f"--net {spec}: write none or bridge=NAME",
                                USAGE)
            if spec != "none":
                bridges.append(bridge)
        if not bridges and wanted and "none" not in options.net:
            bridges = [LAB_BRIDGE if in_lab else None]
        if "none" in options.net and bridges:
            raise UserError("--net none goes with no other --net", USAGE)
        macs = [self._mac(m) for m in options.mac]
        if len(macs) > len(bridges) or options.ip and not bridges:
            raise UserError("--mac and --ip are for a guest with a network: "
                            "give it an interface with --net bridge=NAME",
                            USAGE)
        macs += [random_mac() for _ in bridges[len(macs):]]
        self.macs = macs
        self.vifs = [f"mac={m}" + (f",bridge={b}" if b else "")
                     for m, b in zip(macs, bridges)]
        self.ip = _ip_parameter(options.ip, in_lab) if options.ip else None
        self.address = self._address()

    def _address(self):
        """The address that --ip gives, or None: it is not known before."""
        try:
            return str(ipaddress.IPv4Address((self.ip or "").split(":")[0]))
        except ValueError:
            return None

    @staticmethod
    def _mac(text):
        if not re.fullmatch(r"(?i)([0-9a-f]{2}:){5}[0-9a-f]{2}", text) or \
                int(text[:2], 16) & 1:
            raise UserError(f"--mac {text}: write it as 00:16:3e:12:34:56",
                            USAGE)
        return text.lower()
