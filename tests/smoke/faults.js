// What is wrong with a page as it is shown: cut, sticking out, overlapping.
() => {
    const found = [];
    const root = document.documentElement;
    const name = (e) => (e.closest('[id]') ? '#' + e.closest('[id]').id + ' ' : '')
        + e.tagName.toLowerCase() + '.' + (e.getAttribute('class') || '') + ' "' + e.textContent.trim().slice(0, 40) + '"';
    const seen = (e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true})
        && !e.closest('.unseen, .skip, [hidden]');
    if (root.scrollWidth > root.clientWidth) found.push('the page is wider than the window by '
        + (root.scrollWidth - root.clientWidth) + ' px');
    const scrolls = (e, top) => { // something around it can be scrolled sideways
        for (let at = e; at && at !== top; at = at.parentElement)
            if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX)) return true;
        return false;
    };
    const written = (e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    for (const e of document.querySelectorAll('body *:not(svg *)')) {
        if (!written(e) || !seen(e)) continue;
        const style = getComputedStyle(e);
        const hides = ['hidden', 'clip'].includes(style.overflowX) && style.clipPath === 'none';
        if (hides && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1) found.push('cut: ' + name(e));
        const panel = e.closest('.panel, .card');
        if (!panel || e.closest('.menu-list, [role=grid]') || scrolls(e, panel)) continue;
        const [own, frame] = [e.getBoundingClientRect(), panel.getBoundingClientRect()];
        if (own.width > 1 && (own.right > frame.right + 1 || own.left < frame.left - 1)) found.push('sticks out: ' + name(e));
    }
    const nav = document.querySelector('.nav');
    const here = nav && nav.querySelector('[aria-current]');
    if (here) {
        const [outer, inner] = [nav.getBoundingClientRect(), here.getBoundingClientRect()];
        if (inner.left < outer.left - 1 || inner.right > outer.right + 1) found.push('out of sight: ' + name(here));
    }
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
    for (const chart of document.querySelectorAll('.chart')) {
        const frame = chart.getBoundingClientRect();
        const texts = [...chart.querySelectorAll('.main-svg text')]
            .filter((e) => e.textContent.trim() && seen(e))
            .map((e) => [e, e.getBoundingClientRect()]).filter(([, box]) => box.width > 0);
        for (const [e, box] of texts) {
            const out = Math.max(frame.left - box.left, box.right - frame.right, frame.top - box.top, box.bottom - frame.bottom);
            if (out > 2) found.push('cut by ' + out.toFixed(0) + ' px: ' + name(e));
        }
        texts.forEach(([e, box], n) => texts.slice(n + 1).forEach(([other, next]) => {
            if (meet(box, next)) found.push('overlap: ' + name(e) + ' / ' + name(other));
        }));
    }
    const controls = [...document.querySelectorAll('a[href], button, input, select, summary')]
        .filter((e) => seen(e) && !e.closest('svg')).map((e) => [e, e.getBoundingClientRect()])
        .filter(([, box]) => box.width > 1);
    const clipped = new Map();
    const scroller = (e) => {
        const found = e.closest('.nav, .table-wrap, [role=grid]');
        if (found && !clipped.has(found)) clipped.set(found, found.getBoundingClientRect());
        return found && clipped.get(found);
    };
    const inView = controls.filter(([e, box]) => { const s = scroller(e); return !s || (box.left < s.right && box.right > s.left); });
    inView.forEach(([e, box], n) => inView.slice(n + 1).forEach(([other, next]) => {
        if (!e.contains(other) && !other.contains(e) && meet(box, next) && !scroller(e) && !scroller(other)
            && [...e.getClientRects()].some((one) => [...other.getClientRects()].some((two) => meet(one, two))))
            found.push('controls overlap: ' + name(e) + ' / ' + name(other));
    }));
    return [...new Set(found)].slice(0, 12);
}
