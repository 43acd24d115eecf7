/**
 * How smoothly a hundred thousand messages scroll: to be pasted into the console
 * of the page with `?many` (`npm run build`, `npm run preview`), in any browser.
 */
const log = document.querySelector('[role=log]');
const height = log.scrollHeight;

/** Times `count` frames in milliseconds, with `step` before each. */
async function frames(step, count = 300) {
  const times = [];
  let last = performance.now();
  for (let frame = 0; frame < count; frame++) {
    step(frame);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  times.sort((one, other) => one - other);
  const at = (share) => Number(times[Math.floor((count - 1) * share)].toFixed(1));
  return { median: at(0.5), 'of 100, 95 below': at(0.95), longest: at(1) };
}

console.table({
  wheel: await frames(() => (log.scrollTop -= 120)),
  fling: await frames(() => (log.scrollTop -= 4_000)),
  thumb: await frames((frame) => (log.scrollTop = height * (0.5 + 0.45 * Math.sin(frame / 15)))),
});
