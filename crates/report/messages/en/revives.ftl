# revives

revives-summary = what starts a suspect again
revives-suspect = { $mechanism } entry in { $path } starts { $process } (pid { $pid }) again
revives-entry = { $runs }
