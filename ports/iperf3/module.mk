# SPDX-License-Identifier: BSD-2-Clause
# iperf3 by its own configure and make, unmodified, with CC=x86_64-posixen-cc.
include ports/image.mk

iperf3-dir := $(O)/iperf3
iperf3-tests := t_api t_timer t_units t_uuid

$(O)/src/iperf3-3.9/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source iperf3 >/dev/null

$(iperf3-dir)/apps/iperf3.a $(iperf3-tests:%=$(iperf3-dir)/apps/%.a) &: \
		$(O)/src/iperf3-3.9/.posixen-sha256 ports/iperf3/build \
		| $(port-host)
	$(call port-build,ports/iperf3/build,iperf3)

$(eval $(call port-image,iperf3,$(iperf3-dir),,--args=-s))
# Its own tests are images of the host platform.
$(iperf3-tests:%=$(iperf3-dir)/%.host): $(iperf3-dir)/%.host: \
		$(iperf3-dir)/apps/%.a $(port-host) $(port-link)
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --host $< $$(cat $(<:.a=.libs)) -o $@

iperf3: $(O)/iperf3.xen $(O)/iperf3.host
.PHONY: iperf3

$(eval $(call port-checks,iperf3))
check-iperf3-host: $(iperf3-tests:%=$(iperf3-dir)/%.host)
