# Refusals and unavailability. The id is refused-<code>; another text for staff is refused-<code>-staff
refused-busy = The service is busy and your matter has not been sent. Wait a moment and try again; it will not be filed twice.
refused-busy-staff = The register is busy. This action was not written. Try again in a moment.
refused-read_only = The service can be read but not written to at the moment. What you entered was not saved. Try again later.
refused-read_only-staff = The register is read-only. This action was not written. Ask the operator to check the permissions of the data folder.
refused-disk_full = The service has run out of space and what you entered was not saved. Try again later, or go to the counter or telephone.
refused-disk_full-staff = The disk is full. This action was not written. Ask the operator to free space, then try again.
refused-gone = The service cannot open its register at the moment. Nothing was written. Try again later.
