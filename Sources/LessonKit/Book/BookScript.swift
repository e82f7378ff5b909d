/// The script of pages with sliders: it looks up what was computed, and computes nothing.
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
    """
}
