# SPDX-License-Identifier: BSD-2-Clause
#
# posixen.cmake has CMake read this after each project(), when it has said what
# Linux's programs may use and where Linux's libraries are.

# add_library(SHARED) makes a static one, with CMake's own warning.
set_property(GLOBAL PROPERTY TARGET_SUPPORTS_SHARED_LIBS FALSE)
set(CMAKE_FIND_LIBRARY_SUFFIXES ".a")
set(CMAKE_SYSTEM_PREFIX_PATH
	"${posixen_build}/sysroot/usr;${posixen_build}/sysroot")
set(CMAKE_SYSTEM_INCLUDE_PATH "")
set(CMAKE_SYSTEM_LIBRARY_PATH "")
