"""Many reports at a time: on the cores of this computer, or on a cluster.

Comes in: report folders. Goes out: for each, what was written and what is wrong with it; one
that cannot be made stops none of the others.

How the work is shared out
    Each report is made by a process of its own kind: on this computer one for each core, which
    write where a build writes (``orders.build_there``); on a cluster the workers of a Dask
    scheduler, to which the inputs travel as bytes and from which the files come back as bytes
    (``orders.fulfil``), or which write by themselves where they see the same folders. The same
    inputs make the same bytes wherever that is.

How much is under way
    No more than there are workers for, so that hundreds of reports take no more memory than a few
    (``running``). A process that dies has its reports made once more by another.
"""

from kpireport.batches.orders import Outcome
from kpireport.batches.running import build_many

__all__ = ["Outcome", "build_many"]
