------------------------------- MODULE Journal -------------------------------
(***************************************************************************)
(* Who may write to one partition of a Kafka topic, and what of it counts. *)
(* The log itself decides: a new owner appends a claim with the next       *)
(* epoch, reads up to it, and only then serves. README.md says it in words.*)
(*                                                                         *)
(* An owner here is one ownership, from sending its claim to its end. A    *)
(* process that restarts, or that drops ownership and claims again, is the *)
(* next owner: it keeps nothing but what it reads, so it needs no identity *)
(* of its own. All owners may run at once; none knows of the others except *)
(* through the log.                                                        *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, TLC

CONSTANTS
    Commands,     \* what clients ask for, each with its own request id
    MaxOwners,    \* how many ownerships there are in all
    MaxInFlight,  \* how many events an owner may have sent and not yet seen delivered
    Absent        \* no owner

\* The rules of the protocol and what it takes for granted. Each is TRUE in the design.
CONSTANTS
    ReadersDropOldEpochs,   \* a reader drops events of an epoch older than the last claim
    OwnersCheckOffsets,     \* an owner demands that its delivered offsets are contiguous
    ClaimantsReadToClaim,   \* a claimant reads up to its claim, not to where the log ended before
    FirstClaimCounts,       \* of two claims of one epoch only the first counts
    OwnersKnowRequests,     \* an owner decides a request id only once
    AnswersAwaitDelivery,   \* what rests on an event in flight is answered after its delivery
    ReadersHaltOnGaps,      \* a reader stops for good at a gap in seq; otherwise it drops the event
    OneProducerKeepsOrder   \* its records land in the order sent, each once, none after a lost one

\* FALSE in the design. TRUE: a new owner serves only once everybody who claimed before it has
\* stopped: by a clock that runs from when they sent what they last saw delivered.
CONSTANT OwnersWaitOutLeases

\* FALSE in the design. TRUE: where its event lies further on than expected, an owner reads what
\* lies between, and goes on if no claim does: only a deposed owner's records, which count nowhere.
CONSTANT OwnersReadBetween

VARIABLES
    log,       \* the partition: claims and events; an offset is an index
    tables,    \* what a reader has after reading all of the log
    owners,    \* what each owner remembers
    wire,      \* of each owner's producer: sent, not landed; some of it never will
    answered   \* the events acknowledged to clients, each with its seq

vars == <<log, tables, owners, wire, answered>>

OwnerIds == 1..MaxOwners
Symmetry == Permutations(Commands)

-----------------------------------------------------------------------------
(* Records. An event carries the history it was decided on only for the    *)
(* properties below: no rule looks at it.                                  *)

Claim(owner, epoch) == [kind |-> "claim", owner |-> owner, epoch |-> epoch]

Event(owner, epoch, history, command) ==
    [kind |-> "event", owner |-> owner, epoch |-> epoch, seq |-> Len(history) + 1,
     command |-> command, decided_on |-> history]

\* An event as a history remembers it. Two owners' events for one command are different events.
Entry(event) == [owner |-> event.owner, command |-> event.command]

Commanded(history, command) == \E seq \in DOMAIN history : history[seq].command = command

-----------------------------------------------------------------------------
(* Readers. Every reader of the log, owners included, follows this rule    *)
(* alone, so all of them agree on every prefix.                            *)

Counts(claim, last_epoch) ==
    IF FirstClaimCounts THEN claim.epoch > last_epoch ELSE claim.epoch >= last_epoch

\* An event joins the history, with its offset, or is dropped, or stops the reader with an alarm.
\* Where a gap does not stop it, it stops the epoch: all that follows of it has a greater seq.
ReadEvent(read, offset, event) ==
    LET has == Len(read.history)
        halted == [read EXCEPT !.halted_at = offset]
    IN
    CASE ReadersDropOldEpochs /\ event.epoch < read.epoch -> read
      [] event.epoch > read.epoch -> halted
      [] event.seq <= has -> read
      [] event.seq > has + 1 -> IF ReadersHaltOnGaps THEN halted ELSE read
      [] OTHER -> [read EXCEPT !.history = Append(@, Entry(event)),
                               !.offsets = Append(@, offset)]

Read(read, offset, record) ==
    CASE read.halted_at > 0 -> read
      [] record.kind = "event" -> ReadEvent(read, offset, record)
      [] Counts(record, read.epoch) -> [read EXCEPT !.epoch = record.epoch]
      [] OTHER -> read

NothingRead == [epoch |-> 0, history |-> <<>>, offsets |-> <<>>, halted_at |-> 0]

\* What a reader had when it came to this offset, and whether it came so far.
CanReadTo(offset) == tables.halted_at = 0 \/ tables.halted_at > offset

HistoryBefore(offset) ==
    SubSeq(tables.history, 1,
           Cardinality({seq \in DOMAIN tables.offsets : tables.offsets[seq] < offset}))

-----------------------------------------------------------------------------
(* Owners.                                                                 *)
(*   state    absent, claiming, serving, over                              *)
(*   history  the events it knows to be in effect: its tables              *)
(*   pending  the events it has sent since, in order, not seen delivered   *)
(*   next     the offset at which its next event must land                 *)

NoMemory == [epoch |-> 0, history |-> <<>>, pending |-> <<>>, next |-> 0]
In(state) == [state |-> state] @@ NoMemory

\* Decisions rest on what is still in flight as well.
Believed(owner) == owners[owner].history \o owners[owner].pending

Init ==
    /\ log = <<>>
    /\ tables = NothingRead
    /\ owners = [owner \in OwnerIds |-> In("absent")]
    /\ wire = [owner \in OwnerIds |-> <<>>]
    /\ answered = {}

\* It reads the log, perhaps an old end of it, and claims the epoch after the last it has read.
SendClaim(owner) ==
    /\ owners[owner].state = "absent"
    /\ owner > 1 => owners[owner - 1].state /= "absent"
    /\ \E epoch \in 1..(tables.epoch + 1) :
        /\ wire' = [wire EXCEPT ![owner] = <<Claim(owner, epoch)>>]
        /\ owners' = [owners EXCEPT ![owner] =
              [In("claiming") EXCEPT
                  !.epoch = epoch,
                  !.history = IF ClaimantsReadToClaim THEN <<>> ELSE tables.history]]
    /\ UNCHANGED <<log, tables, answered>>

\* Its claim was delivered at this offset, and it has read up to it. An earlier claim of this epoch
\* or of a newer one means that it has lost. It cannot know what comes after its claim.
StartServing(owner) ==
    /\ owners[owner].state = "claiming"
    /\ \E offset \in DOMAIN log :
        /\ log[offset].kind = "claim" /\ log[offset].owner = owner
        /\ CanReadTo(offset)
        /\ LET before == {log[i] : i \in {i \in 1..(offset - 1) : log[i].kind = "claim"}}
               won == \A claim \in before : Counts(log[offset], claim.epoch)
               alone == \A claim \in before : owners[claim.owner].state = "over"
           IN
           /\ OwnersWaitOutLeases /\ won => alone
           /\ owners' = [owners EXCEPT ![owner] =
                  IF ~won THEN In("over")
                  ELSE [@ EXCEPT !.state = "serving",
                                 !.history = IF ClaimantsReadToClaim THEN HistoryBefore(offset)
                                                                     ELSE @,
                                 !.next = offset + 1]]
    /\ UNCHANGED <<log, tables, wire, answered>>

\* A client asks, or asks again, and the request id is new to this owner.
Decide(owner, command) ==
    LET believed == Believed(owner)
        event == Event(owner, owners[owner].epoch, believed, command)
    IN
    /\ owners[owner].state = "serving"
    /\ Len(owners[owner].pending) < MaxInFlight
    /\ OwnersKnowRequests => ~Commanded(believed, command)
    /\ owners' = [owners EXCEPT ![owner].pending = Append(@, Entry(event))]
    /\ wire' = [wire EXCEPT ![owner] = Append(@, event)]
    /\ UNCHANGED <<log, tables, answered>>

\* A client asks again, and the request id is known: the first answer, without a new event.
AnswerAgain(owner, command) ==
    LET known == IF AnswersAwaitDelivery THEN owners[owner].history ELSE Believed(owner) IN
    /\ owners[owner].state = "serving"
    /\ \E seq \in DOMAIN known :
        /\ known[seq].command = command
        /\ answered' = answered \cup {[seq |-> seq, event |-> known[seq]]}
    /\ UNCHANGED <<log, tables, owners, wire>>

\* Nobody else's claim lies before this offset, as far as the owner can tell.
StillOwns(memory, offset) ==
    IF OwnersReadBetween
    THEN /\ offset >= memory.next
         /\ \A i \in memory.next..(offset - 1) :
                log[i].kind = "claim" => log[i].epoch <= memory.epoch
    ELSE offset = memory.next

\* The report of the oldest event in flight arrives. The command is acknowledged if the event lies
\* right after this owner's record before it: then nobody else's claim can lie between. At any
\* other offset the owner answers nobody and drops ownership.
SeeDelivered(owner) ==
    LET memory == owners[owner]
        seq == Len(memory.history) + 1
    IN
    /\ memory.state = "serving" /\ memory.pending /= <<>>
    /\ \E offset \in DOMAIN log :
        /\ log[offset].kind = "event" /\ log[offset].owner = owner /\ log[offset].seq = seq
        /\ IF OwnersCheckOffsets /\ ~StillOwns(memory, offset)
           THEN /\ owners' = [owners EXCEPT ![owner] = In("over")]
                /\ UNCHANGED answered
           ELSE /\ owners' = [owners EXCEPT ![owner] =
                      [@ EXCEPT !.history = Append(@, Head(memory.pending)),
                                !.pending = Tail(@),
                                !.next = offset + 1]]
                /\ answered' = answered \cup {[seq |-> seq, event |-> Head(memory.pending)]}
    /\ UNCHANGED <<log, tables, wire>>

\* A crash, a report that says error or does not come, another's claim seen. The owner answers
\* nobody and forgets; what it sent stays on the wire and may land much later, or never.
GiveUp(owner) ==
    /\ owners[owner].state \in {"claiming", "serving"}
    /\ owners' = [owners EXCEPT ![owner] = In("over")]
    /\ UNCHANGED <<log, tables, wire, answered>>

-----------------------------------------------------------------------------
(* The broker. "Landed" is committed: replicated and below the high        *)
(* watermark. Whatever is on the wire may stay there for ever: lost.       *)

Commit(record) ==
    /\ log' = Append(log, record)
    /\ tables' = Read(tables, Len(log) + 1, record)

Land(owner, at) ==
    /\ OneProducerKeepsOrder => at = 1
    /\ Commit(wire[owner][at])
    /\ wire' = [wire EXCEPT ![owner] =
                   SubSeq(@, 1, at - 1) \o SubSeq(@, at + 1, Len(@))]
    /\ UNCHANGED <<owners, answered>>

\* One record in a whole run is enough to show what comes of it.
LandAgain(offset) ==
    /\ ~OneProducerKeepsOrder
    /\ \A one, other \in DOMAIN log : log[one] = log[other] => one = other
    /\ Commit(log[offset])
    /\ UNCHANGED <<owners, wire, answered>>

Next ==
    \/ \E owner \in OwnerIds :
        \/ SendClaim(owner)
        \/ StartServing(owner)
        \/ \E command \in Commands : Decide(owner, command) \/ AnswerAgain(owner, command)
        \/ SeeDelivered(owner)
        \/ GiveUp(owner)
        \/ \E at \in DOMAIN wire[owner] : Land(owner, at)
    \/ \E offset \in DOMAIN log : LandAgain(offset)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What must hold. An event in effect is one in a reader's history.        *)

NoAcknowledgedEventLost ==
    \A receipt \in answered :
        /\ receipt.seq \in DOMAIN tables.history
        /\ tables.history[receipt.seq] = receipt.event

NoneTakesEffectTwice ==
    \A one, other \in DOMAIN tables.history :
        tables.history[one].command = tables.history[other].command => one = other

\* Who wrote the first claim of the newest epoch before this offset: not by the readers' rules, so
\* that a mutation of them does not move it.
Rightful(offset) ==
    LET claims == {i \in 1..(offset - 1) : log[i].kind = "claim"}
        counting == {i \in claims : \A j \in claims : \/ log[j].epoch < log[i].epoch
                                                      \/ log[j].epoch = log[i].epoch /\ i <= j}
    IN IF counting = {} THEN Absent ELSE log[CHOOSE i \in counting : TRUE].owner

DeposedWritesHaveNoEffect ==
    \A seq \in DOMAIN tables.history : tables.history[seq].owner = Rightful(tables.offsets[seq])

DecidedOnTheHistoryBefore ==
    \A seq \in DOMAIN tables.history :
        log[tables.offsets[seq]].decided_on = SubSeq(tables.history, 1, seq - 1)

NoReaderHalts == tables.halted_at = 0

\* Why a process may keep its tables when it claims again.
OwnersKnowAPrefix ==
    \A owner \in OwnerIds :
        LET known == owners[owner].history IN
        /\ Len(known) <= Len(tables.history)
        /\ known = SubSeq(tables.history, 1, Len(known))

\* Not promised by the design: a deposed owner that has not noticed answers reads, and refuses, on
\* old tables. It holds where owners wait out leases.
ReadsSeeWhatWasAcknowledged ==
    \A owner \in OwnerIds : owners[owner].state = "serving" =>
        \A receipt \in answered : receipt.seq <= Len(owners[owner].history)

=============================================================================
