# odd-autostart

odd-autostart-summary = entries that start by themselves, belong to no package and are odd
odd-autostart-fetches = { $mechanism } at { $place } fetches something from the network and runs it
odd-autostart-decodes = { $mechanism } at { $place } decodes something and runs it
odd-autostart-rivals = { $mechanism } at { $place } ends miners by their names
odd-autostart-preloads = { $mechanism } at { $place } puts a library before all others
odd-autostart-writable = { $mechanism } at { $place } runs a file where anybody may write
odd-autostart-library = { $mechanism } at { $place } loads a library that no package brought
odd-autostart-hidden = { $mechanism } at { $place } runs a hidden file
odd-autostart-root = { $mechanism } at { $place } makes a second account with all rights
odd-autostart-foreign = { $mechanism } at { $place } was set up by hand: no package brought what it starts or lets in
odd-autostart-missing = { $mechanism } at { $place } runs a file that is not there
odd-autostart-at = { $place }
