# SPDX-License-Identifier: BSD-2-Clause
#
# A CMake toolchain file: cmake -DCMAKE_TOOLCHAIN_FILE=.../posixen.cmake ...
#
# CMAKE_SYSTEM_NAME is not set: the programs are Linux's, and run here, so
# try_run() needs no answers. Libraries and headers are looked for only where
# those for Posixen are: POSIXEN_LIBS (prefixes, with colons between) or libs/
# of the folder where Posixen was built.

get_filename_component(posixen_tools "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
set(posixen_tool "${posixen_tools}/x86_64-posixen")

set(CMAKE_C_COMPILER "${posixen_tool}-cc")
set(CMAKE_CXX_COMPILER "${posixen_tool}-c++")
set(CMAKE_ASM_COMPILER "${posixen_tool}-cc")
foreach(posixen_name AR NM RANLIB STRIP OBJCOPY OBJDUMP READELF)
	string(TOLOWER "${posixen_name}" posixen_lower)
	set(CMAKE_${posixen_name} "${posixen_tool}-${posixen_lower}"
		CACHE FILEPATH "")
endforeach()
set(CMAKE_LINKER "${posixen_tool}-ld" CACHE FILEPATH "")
set(PKG_CONFIG_EXECUTABLE "${posixen_tool}-pkg-config" CACHE FILEPATH "")

if(DEFINED ENV{POSIXEN_BUILD})
	set(posixen_build "$ENV{POSIXEN_BUILD}")
else()
	set(posixen_build "${posixen_tools}/../build")
endif()
if(DEFINED ENV{POSIXEN_LIBS})
	string(REPLACE ":" ";" CMAKE_PREFIX_PATH "$ENV{POSIXEN_LIBS}")
else()
	set(CMAKE_PREFIX_PATH "${posixen_build}/libs")
endif()
# Not the machine's own: /usr/lib and its kin are of another C library.
set(CMAKE_SYSTEM_PREFIX_PATH "${posixen_build}/sysroot/usr;${posixen_build}/sysroot")
set(CMAKE_FIND_USE_CMAKE_SYSTEM_PATH TRUE)
set(CMAKE_FIND_ROOT_PATH "/")
set(CMAKE_FIND_LIBRARY_SUFFIXES ".a")
set(CMAKE_FIND_LIBRARY_CUSTOM_LIB_SUFFIX "")

# Read after project(): there CMake has its say on what Linux can.
set(CMAKE_PROJECT_INCLUDE "${CMAKE_CURRENT_LIST_DIR}/after-project.cmake")
set(BUILD_SHARED_LIBS OFF CACHE BOOL "Images are static.")
