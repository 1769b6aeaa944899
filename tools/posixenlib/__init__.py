# SPDX-License-Identifier: BSD-2-Clause
"""What the tools in tools/ share; tools/README.md lists the modules."""
