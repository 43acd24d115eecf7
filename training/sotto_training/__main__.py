"""python -m sotto_training <all|distil|finetune|mix|heads|restore|evaluate|export|requests> --data DIR --out DIR"""

import argparse

import torch


def main() -> None:
    parser = argparse.ArgumentParser(prog="sotto_training", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    distil = steps.add_parser("distil", help="closed-form start, then hidden states on plain text")
    distil.add_argument("--minutes", type=float, default=40)
    distil.add_argument("--rate", type=float, default=6e-4, help="peak learning rate")
    distil.add_argument("--batch-tokens", type=int, default=1024)
    distil.add_argument("--closed-form-tokens", type=int, default=400_000)
    finetune = steps.add_parser("finetune", help="all heads at once; --dense makes the teacher of logits")
    finetune.add_argument("--dense", action="store_true")
    finetune.add_argument("--minutes", type=float, default=60)
    finetune.add_argument("--rate", type=float, help="peak learning rate of the encoder")
    finetune.add_argument("--batch-tokens", type=int, default=1024)
    finetune.add_argument("--start", help="the student's encoder: distilled.pt, or restored.pt with its heads")
    finetune.add_argument("--teacher", nargs="+", help="dense.pt, teachers of logits; without one, labels alone")
    finetune.add_argument("--layers", type=int, default=6, help="12 doubles every layer of a start that has 6")
    finetune.add_argument("--plain-weight", type=float, default=4.0, help="how often unmarked lines are drawn")
    finetune.add_argument("--noisy-copies", type=int, default=0, help="copies of each message as people mistype it")
    finetune.add_argument(
        "--closed-form-lines", type=int, default=24_000, help="lines that the embedding head is first fitted on"
    )
    mix = steps.add_parser("mix", help="the weights of two students of one run, averaged")
    mix.add_argument("--start", required=True, help="student.pt, the later one")
    mix.add_argument("--earlier", required=True, help="student.pt, the earlier one")
    mix.add_argument("--part", type=float, default=0.85, help="how much of the later one")
    heads = steps.add_parser("heads", help="the encoder rounded to bytes, and intent and embedding heads anew on it")
    heads.add_argument("--start", required=True, help="restored.pt or student.pt")
    heads.add_argument("--closed-form-lines", type=int, default=24_000, help="lines that the embedding is fitted on")
    everything = steps.add_parser("all", help="every step from the public encoder to the pack, within --minutes")
    everything.add_argument("--minutes", type=float, default=180, help="for the three long steps together")
    everything.add_argument("--closed-form-lines", type=int, default=48_000)
    restore = steps.add_parser("restore", help="restored.pt from a pack, to go on from it")
    evaluate = steps.add_parser("evaluate", help="the table of scores of a checkpoint")
    export = steps.add_parser("export", help="evaluate, then write the model pack and its golden answers")
    requests = steps.add_parser("requests", help="what a message asks for, learned from sentences with their acts")
    for step in (evaluate, export):
        step.add_argument("--checkpoint", required=True)
    evaluate.add_argument(
        "--exact", action="store_true", help="weights as trained, not rounded as the pack stores them"
    )
    for step in (everything, export, restore, requests):
        step.add_argument("--pack", required=True, help="folder of the model pack")
    for step in (everything, export, requests):
        step.add_argument("--golden", required=True, help="file of the golden answers")
    for step in steps.choices.values():
        step.add_argument(
            "--data",
            required=step not in (restore, mix),
            help="folder with train/, test/, eval-only/ and unlabeled.txt.xz",
        )
        step.add_argument("--out", required=True, help="folder for checkpoints and results")
        step.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
        step.add_argument("--threads", type=int, default=torch.get_num_threads())
        step.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    if args.step == "distil":
        from .distil import distil

        distil(
            args.data,
            args.out,
            args.minutes,
            args.batch_tokens,
            args.rate,
            args.device,
            args.seed,
            args.closed_form_tokens,
        )
    elif args.step == "finetune":
        from .finetune import finetune
        from .textbook import Material

        if args.dense == bool(args.start):
            parser.error("finetune needs either --dense or --start")
        finetune(
            Material(args.data, args.device, args.seed, args.noisy_copies),
            args.out,
            args.minutes,
            args.batch_tokens,
            args.rate or (1.5e-4 if args.dense else 4e-4),
            args.seed,
            start=args.start,
            teachers=args.teacher,
            layers=args.layers,
            plain_weight=args.plain_weight,
            closed_form_lines=args.closed_form_lines,
            name="dense" if args.dense else "student",
        )
    elif args.step == "mix":
        from .mix import mix

        print(mix(args.start, args.earlier, args.part, args.out))
    elif args.step == "heads":
        from .heads import heads

        print(heads(args.data, args.out, args.start, args.closed_form_lines, args.device, args.seed))
    elif args.step == "all":
        from .everything import everything

        everything(
            args.data,
            args.out,
            args.minutes,
            args.device,
            args.seed,
            args.pack,
            args.golden,
            args.closed_form_lines,
        )
    elif args.step == "restore":
        from .restore import restore

        print(restore(args.pack, args.out))
    elif args.step == "requests":
        from .requests import requests

        requests(args.data, args.pack, args.golden, args.out, args.seed)
    elif args.step == "evaluate":
        from .evaluate import evaluate

        evaluate(args.data, args.out, args.checkpoint, args.device, stored_form=not args.exact)
    elif args.step == "export":
        from .evaluate import evaluate
        from .export import export

        result = evaluate(args.data, args.out, args.checkpoint, args.device, stored_form=True)
        export(args.checkpoint, result, args.pack, args.golden)


if __name__ == "__main__":
    main()
