# SPDX-License-Identifier: BSD-2-Clause
"""How the tools end, and how they say so.

Exit statuses of run-domu beside the app's own. They are the ones that
timeout(1) and env(1) use for the same cases, as far as those have one.
"""

TIMEOUT = 124       # --timeout ran out
CRASHED = 125       # the guest crashed, or stopped without saying how it went
LAB_FAILED = 126    # the lab, Xen or xl failed; the app may not have run
USAGE = 127         # wrong arguments, or not an image that can run


class UserError(Exception):
    """One clear sentence for the user, and the exit status to end with."""

    def __init__(self, message, status=LAB_FAILED):
        super().__init__(message)
        self.status = status
