# SPDX-License-Identifier: BSD-2-Clause
"""What a trace of Xen's says of a domain: hypercalls, events sent and got.

The records are xen/trace.h's: a word of event (28 bits), number of further
words (3) and whether a time stamp of two words comes first (1). One processor
only, so who runs is what the last change of a runstate said.
"""
import collections
import struct

RUNSTATE = 0x00021001           # bits 8..9: old state, 4..5: new
RUNNING = 0
HYPERCALL = 0x0020100d          # TRC_PV_HYPERCALL_V2; then its number
# Xen records no arguments of this one. Once devices are connected it is called
# to send an event, and very rarely to unmask one.
EVENT_CHANNEL_OP = 32


def records(data):
    """(event, extra words) of each record."""
    at = 0
    while at + 4 <= len(data):
        head, = struct.unpack_from("<I", data, at)
        at += 4 + (8 if head >> 31 else 0)
        n = head >> 28 & 7
        if at + 4 * n > len(data):
            return
        yield head & 0x0fffffff, struct.unpack_from(f"<{n}I", data, at)
        at += 4 * n


def count(data):
    """{domain: Counter of hypercalls and events sent}, of a trace's bytes."""
    found = collections.defaultdict(collections.Counter)
    running = None
    for event, words in records(data):
        if event & ~0x330 == RUNSTATE and words:
            if event >> 4 & 3 == RUNNING:
                running = words[0] >> 16
        elif event == HYPERCALL and words and running is not None:
            number = words[0] & 0xfffff
            found[running]["hypercalls"] += 1
            found[running][number] += 1
            if number == EVENT_CHANNEL_OP:
                found[running]["sent"] += 1
    return found
