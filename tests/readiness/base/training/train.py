# trains it
