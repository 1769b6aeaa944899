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

# install(TARGETS) takes PROG.xen along with PROG, to wherever PROG went, whatever
# components are asked for. What is to be done lies in a file, because a project
# of old policies (CMP0087) may have no generator expressions in install(CODE).
function(posixen_install)
	foreach(target ${ARGN})
		if(NOT TARGET "${target}")
			continue()
		endif()
		get_target_property(kind "${target}" TYPE)
		get_target_property(known "${target}" POSIXEN_INSTALL)
		set(file "${PROJECT_BINARY_DIR}/CMakeFiles/posixen-${target}")
		if(known)
			set(file "${known}")
		elseif(kind STREQUAL "EXECUTABLE")
			set_target_properties("${target}" PROPERTIES
				POSIXEN_INSTALL "${file}")
			file(GENERATE OUTPUT "${file}-$<CONFIG>.cmake" CONTENT "
foreach(posixen_file IN LISTS CMAKE_INSTALL_MANIFEST_FILES)
	get_filename_component(posixen_name \"\${posixen_file}\" NAME)
	if(posixen_name STREQUAL \"$<TARGET_FILE_NAME:${target}>\" AND
	   EXISTS \"$<TARGET_FILE:${target}>.xen\")
		get_filename_component(posixen_dir \"\${posixen_file}\" DIRECTORY)
		file(INSTALL DESTINATION \"\${posixen_dir}\" TYPE PROGRAM
		     FILES \"$<TARGET_FILE:${target}>.xen\")
	endif()
endforeach()
")
		else()
			continue()
		endif()
		_install(CODE "include(\"${file}-\${CMAKE_INSTALL_CONFIG_NAME}.cmake\")"
			ALL_COMPONENTS)
	endforeach()
endfunction()

# An argument is handed on as it is, whatever it holds.
get_property(posixen_again GLOBAL PROPERTY POSIXEN_INSTALL)
if(NOT posixen_again)
	set_property(GLOBAL PROPERTY POSIXEN_INSTALL TRUE)
	function(install)
		set(words "")
		set(targets "")
		set(mode "")
		math(EXPR last "${ARGC} - 1")
		foreach(i RANGE ${last})
			string(APPEND words " [==[${ARGV${i}}]==]")
			if(i EQUAL 0)
				set(mode "${ARGV0}")
			elseif(mode STREQUAL "TARGETS")
				list(APPEND targets "${ARGV${i}}")
			endif()
		endforeach()
		cmake_language(EVAL CODE "_install(${words})")
		posixen_install(${targets})
	endfunction()
endif()
