/// The script of pages with sliders and tables: it looks up and puts in order, and computes nothing.
enum BookScript {
  /// It has no ampersand and no less-than sign, so that a page is XML too.
  static let text = """
    for (const axis of document.querySelectorAll('.moving')) {
      const input = axis.querySelector('input');
      const at = (element, key) => element.dataset[key].split('|')[Number(input.value)];
      const show = () => {
        for (const output of axis.querySelectorAll('[data-v]')) output.textContent = at(output, 'v');
        for (const dot of axis.querySelectorAll('[data-x]')) {
          dot.setAttribute('cx', at(dot, 'x'));
          dot.setAttribute('cy', at(dot, 'y'));
        }
      };
      axis.classList.add('live');
      input.addEventListener('input', show);
      show();
    }
    for (const table of document.querySelectorAll('.sortable')) {
      const body = table.tBodies[0];
      const heads = [...table.querySelectorAll('th')];
      heads.forEach((head, column) => {
        const key = row => row.cells[column];
        const compare = (a, b) => 'n' in a.dataset || 'n' in b.dataset
          ? Number(a.dataset.n ?? 'Infinity') - Number(b.dataset.n ?? 'Infinity')
          : a.textContent.localeCompare(b.textContent);
        const button = document.createElement('button');
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener('click', () => {
          const turn = head.ariaSort === 'ascending' ? -1 : 1;
          for (const other of heads) other.removeAttribute('aria-sort');
          head.ariaSort = turn === 1 ? 'ascending' : 'descending';
          const rows = [...body.rows].sort((a, b) => turn * compare(key(a), key(b)));
          body.append(...rows);
        });
      });
    }
    """
}
