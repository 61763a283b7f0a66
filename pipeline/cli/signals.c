/* SIGINT, SIGTERM, SIGHUP: reading stops, what was begun is finished and written, then the program ends as the signal asks. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static atomic_int caught; /* lock-free, so a handler may set it */
static int pipe_ends[2] = {-1, -1};

static void handle(int number)
{
    int saved = errno;
    atomic_store(&caught, number);
    ssize_t n = write(pipe_ends[1], "", 1);
    (void)n;
    errno = saved;
}

int cli_signals_catch(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action, old;
    if (pipe(pipe_ends) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        fcntl(pipe_ends[i], F_SETFD, FD_CLOEXEC);
        fcntl(pipe_ends[i], F_SETFL, O_NONBLOCK);
    }
    memset(&action, 0, sizeof action);
    action.sa_handler = handle;
    action.sa_flags = (int)SA_RESETHAND; /* the second one ends the program */
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN) sigaction(numbers[i], &action, NULL);
    return pipe_ends[0];
}

int cli_signal(void)
{
    return atomic_load(&caught);
}

void cli_signal_raise(void)
{
    int number = cli_signal();
    if (number == 0) return;
    signal(number, SIG_DFL);
    raise(number);
}
