"""What axe finds on a page, in light and in dark."""

from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# The size of targets is the one rule of WCAG 2.2 that axe leaves out until it is asked for.
RUN = """
tags => axe
  .run(document, { runOnly: tags, rules: { 'target-size': { enabled: true } } })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(
    ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`,
  )))
"""

# The styles of the scheme are there with the next frame; then colors are faded in.
FADED_IN = """
async () => {
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const ends = document.getAnimations()
    .filter(animation => Number.isFinite(animation.effect?.getComputedTiming().endTime))
    .map(animation => animation.finished);
  await Promise.allSettled(ends);
}
"""


def violations(page: Page) -> list[str]:
    """Evaluated from outside, so that the page's content policy stays on."""
    page.evaluate(f"{SOURCE.read_text(encoding='utf-8')};0")
    found: list[str] = page.evaluate(RUN, WCAG_22_AA)
    return found


def in_both_schemes(page: Page, *, reload: bool = False) -> list[str]:
    found: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if reload:
            page.reload(wait_until="networkidle")
        page.evaluate(FADED_IN)
        found += [f"{scheme}: {violation}" for violation in violations(page)]
    return found
