"""What a citizen writes by touch, below the widgets: Chinese from pinyin or strokes, and where in China.

Imports nothing of the kiosk. The dictionaries are compiled by `deploy/input/build.py`.
"""
