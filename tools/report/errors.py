# SPDX-License-Identifier: BSD-2-Clause
"""What a user is told: one sentence, what is wrong and what to do."""


class ReportError(Exception):
    pass
