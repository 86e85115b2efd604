# session-owner

session-owner-summary = the process that holds a mining connection seen in a capture
session-owner-holds = { $process } (pid { $pid }) holds the mining connection { $client } → { $server }
session-owner-seen = { $command }
