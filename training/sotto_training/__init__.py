"""How Sotto's SqueezeBERT is made: corpora -> closed form -> distillation -> fine-tuning -> pack."""
