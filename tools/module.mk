# SPDX-License-Identifier: BSD-2-Clause
# Packages of the build machine: installs those of tools/deps.list that it lacks.
deps:
	@O=$(O) tools/deps
