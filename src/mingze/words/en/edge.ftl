# What is said at the door: which files are taken, a short wait, and what would be given up if a part were broken into.

portal-problem-file_kind = Files such as “{ $name }” cannot be taken here. These can: { $kinds }. Save photos from a telephone as JPG.
portal-problem-file_differs = What is in “{ $name }” is not what the end of its name says. Open it where it was made, save it again and choose the new file.
portal-problem-file_unsafe = “{ $name }” holds a program or another archive, or grows very large when opened, so it cannot be taken. Save a copy without that and choose the copy.
portal-problem-picture_too_large = The picture “{ $name }” is too large: at most { $limit_mp } million pixels. Make it smaller and choose it again.
portal-problem-picture_broken = The picture “{ $name }” cannot be opened. It may not have been saved completely. Choose it again or choose another.

refused-picture_broken = This picture cannot be opened. The original is still sealed and unchanged.
refused-picture_broken-staff = { $case }: the picture “{ $name }” could not be drawn anew safely, so it was not handed to you. The original stays sealed as it came, and that you asked for it is recorded. Ask whoever sent it for another copy.
refused-picture_broken-why = The picture cannot be opened.

edge-wait-title = Please wait a moment
refused-wait = There have been many tries just now. Wait { $seconds } seconds and press the button again. What you entered is still here, and you will not be shut out.
refused-wait-staff = There have been many tries just now. Wait { $seconds } seconds and press the button again. Nothing was written.
refused-wait-why = Please wait a moment.
