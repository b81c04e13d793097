"""The steps of :mod:`kpireport.build`, each over the stages that it needs."""
