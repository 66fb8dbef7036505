// Each test fills a hall with browsers; two halls at once would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
