#nullable enable
using System;
using System.Collections.Generic;

namespace SitSense.Twin.Hardware;

/// <summary>What is to happen in a virtual world, and when: threads that wait, and events. Its clock locks for it.</summary>
sealed class Agenda
{
    readonly List<FirmwareThread> threads = [];
    readonly PriorityQueue<Action, (long At, long Order)> events = new();
    long order;

    public IReadOnlyList<FirmwareThread> Threads => threads;

    public void Add(FirmwareThread thread) => threads.Add(thread);

    public void Remove(FirmwareThread thread) => threads.Remove(thread);

    /// <summary>Of two things at the same time the one that was told first comes first.</summary>
    public long NextOrder() => ++order;

    public void Add(long at, Action action) => events.Enqueue(action, (at, NextOrder()));

    /// <summary>The thread that wakes first; null when none waits.</summary>
    public FirmwareThread? Earliest()
    {
        FirmwareThread? first = null;
        foreach (var thread in threads)
            if (thread.Waiting && (first is null || thread.WakeAt < first.WakeAt || (thread.WakeAt == first.WakeAt && thread.Order < first.Order)))
                first = thread;
        return first;
    }

    /// <summary>Whether an event comes before <paramref name="thread"/> wakes; null never wakes.</summary>
    public bool HasEventBefore(FirmwareThread? thread, out long at)
    {
        var any = events.TryPeek(out _, out var due);
        at = due.At;
        return any && (thread is null || due.At < thread.WakeAt || (due.At == thread.WakeAt && due.Order < thread.Order));
    }

    /// <summary>When something happens next; false when nothing does.</summary>
    public bool NextDue(out long at)
    {
        at = Earliest()?.WakeAt ?? long.MaxValue;
        if (events.TryPeek(out _, out var due))
            at = Math.Min(at, due.At);
        return at != long.MaxValue;
    }

    public Action TakeEvent() => events.Dequeue();
}
