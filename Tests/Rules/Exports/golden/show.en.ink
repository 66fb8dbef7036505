# title: The Pier
# date: 2026-01-17 20:00 UTC
-> beat_0

=== beat_0 ===
# act: One
# scene: Pier - Night
# writer: storylet
\*Fog* & \<rain\> --\> the horn.
Mrs. Ann: INT. is how films begin. \{Wait\}
-> vote_0

=== vote_0 ===
Does she wait?
+ [Wait (20)] -> taken_0
* [Go (11)] -> road_0_1
* [Swim (2)] -> road_0_2

=== taken_0 ===
A it is. 20 of 33 wanted it so.
-> beat_1

=== road_0_1 ===
Road - Night. Mrs. Ann: A taxi, then.
The hall did not go this way. Back.
-> vote_0

=== road_0_2 ===
Nobody had written this road.
The hall did not go this way. Back.
-> vote_0

=== beat_1 ===
# act: One
# scene: Pier - Night
# writer: qwen3-4b
It comes.
Mrs. Ann: At last.
-> END
