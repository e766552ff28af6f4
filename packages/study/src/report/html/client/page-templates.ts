// Sliders over the epochs of weight templates.

/** One slider and one button for all montages of a figure. */
export function startTemplates(): void {
  const FRAME_MILLISECONDS = 220;

  for (const figure of document.querySelectorAll<HTMLElement>("[data-templates]")) {
    const montages = [...figure.querySelectorAll<HTMLElement>("[data-epochs]")].map((element) => ({
      element,
      epochs: (element.dataset.epochs ?? "").split(" ").map(Number),
      shown: element.querySelector<HTMLElement>(".epoch"),
    }));
    const epochs = [...new Set(montages.flatMap((montage) => montage.epochs))].sort((a, b) => a - b);
    if (epochs.length < 2) continue;

    const controls = document.createElement("div");
    const [button, label, slider, output] = [
      document.createElement("button"),
      document.createElement("label"),
      document.createElement("input"),
      document.createElement("output"),
    ];
    controls.className = "controls";
    button.type = "button";
    button.textContent = "Play";
    slider.type = "range";
    slider.min = "0";
    slider.max = String(epochs.length - 1);
    slider.value = slider.max;
    label.append("Epoch", slider);
    controls.append(button, label, output);
    figure.querySelector(".montages")?.before(controls);

    function show(): void {
      const epoch = epochs[Number(slider.value)] ?? 0;
      output.textContent = String(epoch);
      slider.setAttribute("aria-valuetext", `Epoch ${epoch}`);
      for (const montage of montages) {
        // A run that ended earlier stays at its last epoch.
        const frame = Math.max(
          0,
          montage.epochs.findLastIndex((one) => one <= epoch),
        );
        montage.element.style.setProperty("--frame", String(frame));
        if (montage.shown !== null) montage.shown.textContent = `epoch ${montage.epochs[frame] ?? ""}`;
      }
    }
    let timer = 0;
    function stop(): void {
      clearInterval(timer);
      timer = 0;
      button.textContent = "Play";
    }
    slider.addEventListener("input", () => {
      stop();
      show();
    });
    button.addEventListener("click", () => {
      if (timer !== 0) return stop();
      if (slider.value === slider.max) slider.value = "0";
      show();
      button.textContent = "Pause";
      timer = window.setInterval(() => {
        slider.value = String(Number(slider.value) + 1);
        show();
        if (slider.value === slider.max) stop();
      }, FRAME_MILLISECONDS);
    });
    show();
  }
}
