using MyriadSync.FunctionsRuntime.Child;

// A host in a process of its own: to be killed by the crash tests, and to be measured without a test runner round it.
//   walk  STATE JOURNAL PREFIX COUNT   starts COUNT orchestrations, then runs until it is killed
//   check STATE JOURNAL                runs until every orchestration has ended, and prints the outputs as JSON
//   bench STATE COUNT CONCURRENCY      prints how long orchestrations of four empty activities take
return args switch
{
    ["walk", var state, var journal, var prefix, var count] => await WalkCommand.RunAsync(state, journal, prefix, int.Parse(count)),
    ["check", var state, var journal] => await CheckCommand.RunAsync(state, journal),
    ["bench", var state, var count, var concurrency] => await BenchCommand.RunAsync(state, int.Parse(count), int.Parse(concurrency)),
    _ => 2,
};
