# machine-tuning

machine-tuning-summary = settings that mining leaves behind, and processor time that nobody accounts for
machine-tuning-msr = a program wrote model-specific registers, and such writes leave no trace in the log
machine-tuning-huge-pages = { $count } huge pages are set aside and nobody uses them
machine-tuning-unaccounted = { $missing } % of a processor go to no visible process, of { $all } % that programs take
machine-tuning-seen = settings and counters of the kernel
