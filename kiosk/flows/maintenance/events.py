"""What happens in maintenance. Import as `tech`.

kiosk/flows/maintenance/touches.py    the technician's hand
kiosk/flows/maintenance/answers.py    what services answer, and notice by themselves
"""

from kiosk.flows.maintenance.answers import *
from kiosk.flows.maintenance.touches import *
