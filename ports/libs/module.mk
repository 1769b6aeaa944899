# SPDX-License-Identifier: BSD-2-Clause
# $(O)/libs/lib: static libraries that servers want, from Debian's sources.
include ports/image.mk

# NAME-VERSION of each source; its time stays as it is if the lock's line for
# it has not changed.
define libs-source
$(O)/src/$(1)-$(2)/.posixen-sha256: sources.lock
	$$(Q)O=$(O) tools/fetch-source $(1) >/dev/null
endef
$(eval $(call libs-source,zlib,1.2.13))
$(eval $(call libs-source,pcre2,10.42))
$(eval $(call libs-source,expat,2.5.0))
$(eval $(call libs-source,openssl,3.0.20))

# pcre2 links programs to learn of the system; the others only compile, but
# x86_64-posixen-cc wants its headers.
define libs-library
$(O)/libs/lib/lib$(2).a: $(O)/src/$(1)-$(3)/.posixen-sha256 ports/libs/build \
		| $(port-host)
	$$(call port-build,ports/libs/build,$(1))
endef
$(eval $(call libs-library,zlib,z,1.2.13))
$(eval $(call libs-library,pcre2,pcre2-8,10.42))
$(eval $(call libs-library,expat,expat,2.5.0))
$(eval $(call libs-library,openssl,ssl,3.0.20))
# tests/suites/libevent has the rule for its source.
$(O)/libs/lib/libevent.a: $(O)/src/libevent-2.1.12/.posixen-sha256 \
		ports/libs/build | $(port-host)
	$(call port-build,ports/libs/build,libevent)
$(O)/libs/small/libpcre2-8.a: $(O)/libs/lib/libpcre2-8.a
	$(call port-build,ports/libs/build,pcre2-small)
