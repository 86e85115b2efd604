# spread

spread-summary = something that spreads: a machine reached by a scanner or guesser that then scans or guesses itself
spread-passed-on = was reached on { $service } at { $time } by { $by }, which had tried others there, and { $minutes } min later tried others there itself: { $chain }
spread-at-own = it begins to try others
