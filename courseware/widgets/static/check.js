// A check on a page of its own: one card, and nothing around it.

export default { render: guarded(drawOrJoin), early: drawEarly };
