# Evidence: what was not read and why, what was damaged.

bundle-summary = what `minehound collect` wrote of a machine, to be looked at elsewhere
bundle-other-form = a bundle of another version's form; scan it with that version, or collect it again
live-summary = the machine that this runs on, looked at from inside
tree-summary = a folder that is a machine's root: a mounted image, a container, a collection of UAC or Velociraptor

pcap-summary = packet captures: pcap and pcapng, also compressed, damaged or cut short
pcap-cut-in-header = the capture ends inside its file header
pcap-cut-short = record cut short
pcap-absurd-length = bytes that are no record, passed over
pcap-frame-too-long = frame longer than any real one
pcap-bad-block = block whose content does not fit it
pcap-unknown-interface = packet of an interface that the capture does not describe
pcap-too-many-interfaces = more interfaces than are kept
pcap-snap-length = packets cut short by the snap length of the capture; tcpdump -s 0 keeps all of them
pcap-dropped = packets lost by the capturing machine, as it says itself
pcap-secrets = TLS keys in the capture, not used
pcap-names-left-out = names of the capture, left out

unread-not-found = there is no such file or folder
unread-no-permission = permission denied; run as a user who may read it
unread-failed = cannot be read: { $error }
unread-empty = it is empty
unread-unknown = not a kind of evidence that any reader knows; `minehound explain` lists the kinds
unread-special = a device, socket or pipe: not opened; feed it through - instead
unread-link = a symbolic link that leads out of the folder: not followed
unread-too-deep = a folder nested deeper than is walked: name it by itself
unread-too-many = more files than are walked in one folder: name the rest by themselves
unread-nested = compressed more than twice: unpack it first
unread-folder = a folder without any evidence

gap-member = not read: { $first }: { $reason }
gap-read-failed = reading failed: { $error }
gap-stream-cut = the compressed data ends too early
gap-stream-damaged = the compressed data is damaged: { $error }
gap-bomb = decompression bomb: stopped after { $bytes } bytes
gap-reader-failed = the reader failed, which is our defect; the rest was not read

gap-fragments-missing = IP packets of which a fragment is missing
gap-fragments-overlap = IP fragments that contradict one another
gap-link-type = frames of link type { $number }, which is not read
gap-packet-short = packets too short for their headers
gap-network-header = packets whose IP header cannot be read
gap-transport-header = packets whose TCP or UDP header cannot be read
gap-tunnel = tunnels nested too deep
gap-tunnel-not-opened = packets of tunnels that are not opened ({ $kind })
gap-wireless-encrypted = encrypted 802.11 frames
gap-wireless-parts = 802.11 frames in parts, or with several packets in one, which are not put together
gap-conflicting-retransmission = retransmissions with other bytes than before
gap-contacts-forgotten = counts over many connections given up because a table was full; --memory gives it more room
gap-flows-evicted = flows given up because the table was full; --memory gives it more room

gap-flow-failed = part of the analysis of flows failed, which is our defect
extract-read-once = --extract reads the evidence twice, and { $source } can be read only once; write it to a file and scan that
gap-detector-failed = the detector { $detector } failed, which is our defect
gap-findings-forgotten = findings forgotten because a detector's table was full
gap-read-late = it overlaps in time with more files than may be open at once, and was read after them: connections between them may look cut
gap-content-given-up = connections left unread because memory was short; --memory gives more room
gap-segments-discarded = bytes too far ahead of their connection to be believed
