from screens.grids import Flow, Grid
from screens.layout import Blank, Block, Column, Row


def placed(block: Block, width: float, height: float) -> Block:
    block.place(0, 0, width, height)
    return block


def boxes(block: Block) -> list[tuple[float, float, float, float]]:
    return [(each.x, each.y, each.width, each.height) for each in block.blocks]


def test_a_column_stacks_from_the_top():
    column = placed(Column([Blank(height=10), Blank(height=20)], gap=5), 100, 100)
    assert column.height_for(100) == 35
    assert boxes(column) == [(0, 90, 100, 10), (0, 65, 100, 20)]


def test_a_column_in_the_middle_shares_the_rest_above_and_below():
    column = placed(Column([Blank(height=20)], middle=True), 100, 100)
    assert boxes(column) == [(0, 40, 100, 20)]


def test_what_grows_takes_the_spare_height_up_to_its_limit():
    column = placed(Column([Blank(height=20, grow=1), Blank(height=10)], most_grown=2), 100, 100)
    assert boxes(column) == [(0, 60, 100, 40), (0, 50, 100, 10)]


def test_a_blank_that_grows_takes_what_the_others_leave():
    column = placed(Column([Blank(grow=1), Blank(height=20, grow=1)], most_grown=2), 100, 100)
    assert boxes(column) == [(0, 40, 100, 60), (0, 0, 100, 40)]


def test_a_column_is_no_wider_than_it_may_be_and_stands_in_the_middle():
    column = placed(Column([Blank(height=10)], widest=60), 100, 10)
    assert boxes(column) == [(20, 0, 60, 10)]


def test_shares_of_a_row_are_what_the_fixed_blocks_leave():
    row = placed(
        Row([Blank(20, 10), Blank(weight=1, height=10), Blank(weight=3, height=10)], gap=10), 120, 10
    )
    assert [(x, width) for x, _, width, _ in boxes(row)] == [(0, 20), (30, 20), (60, 60)]


def test_no_share_is_less_than_its_block_can_do_with():
    narrow, wide = Blank(weight=1, height=10), Blank(weight=9, height=10)
    narrow.least_width = 40
    row = placed(Row([narrow, wide]), 100, 10)
    assert [(x, width) for x, _, width, _ in boxes(row)] == [(0, 40), (40, 60)]


def test_a_row_too_narrow_takes_the_missing_width_from_the_widest():
    row = placed(Row([Blank(80, 10), Blank(40, 10)], gap=10), 100, 10)
    assert [(x, width) for x, _, width, _ in boxes(row)] == [(0, 50), (60, 40)]


def test_a_flow_goes_on_in_the_next_row():
    flow = Flow([Blank(40, 10), Blank(40, 10), Blank(40, 10)], gap=10)
    assert flow.height_for(100) == 30
    assert boxes(placed(flow, 100, 30)) == [(0, 20, 40, 10), (50, 20, 40, 10), (0, 0, 40, 10)]


def test_cells_of_a_grid_are_equal_and_no_taller_than_they_may_be():
    grid = Grid([Blank(height=10), Blank(height=20), Blank(height=10)], 2, gap=10, tallest=25)
    assert grid.height_for(110) == 50
    assert boxes(placed(grid, 110, 200)) == [(0, 175, 50, 25), (60, 175, 50, 25), (0, 140, 50, 25)]


def test_a_row_that_needs_more_than_its_width_says_so():
    narrow, wide = Blank(weight=1, height=10), Blank(weight=1, height=10)
    narrow.least_width = wide.least_width = 60
    assert placed(Row([narrow, wide]), 100, 10).cut
    assert not placed(Row([narrow, wide]), 120, 10).cut
